using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Storefront.Data.Migrations
{
    /// <inheritdoc />
    public partial class Versions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "version",
                table: "users",
                type: "bigint",
                rowVersion: true,
                nullable: false,
                defaultValue: 1L);

            migrationBuilder.AddColumn<long>(
                name: "version",
                table: "products",
                type: "bigint",
                rowVersion: true,
                nullable: false,
                defaultValue: 1L);

            migrationBuilder.AddColumn<long>(
                name: "version",
                table: "orders",
                type: "bigint",
                rowVersion: true,
                nullable: false,
                defaultValue: 1L);

            migrationBuilder.AddVersionFunction();
            migrationBuilder.AddVersionTrigger("users");
            migrationBuilder.AddVersionTrigger("products");
            migrationBuilder.AddVersionTrigger("orders");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropVersionFunction();

            migrationBuilder.DropColumn(
                name: "version",
                table: "users");

            migrationBuilder.DropColumn(
                name: "version",
                table: "products");

            migrationBuilder.DropColumn(
                name: "version",
                table: "orders");
        }
    }
}
